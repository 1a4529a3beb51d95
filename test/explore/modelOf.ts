import { gateModel } from './gateModel.ts';
import type { Model } from './model.ts';
import type { AnyBounds } from './models.ts';
import { ownershipModel } from './ownership/model.ts';

/** The model that has bounds of this kind. */
export function modelOf(bounds: AnyBounds): Model {
  return 'locks' in bounds ? ownershipModel(bounds) : gateModel(bounds);
}
