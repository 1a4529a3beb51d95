import { requestsOf } from '../core/request.ts';
import type { Dispatch, State } from '../core/state.ts';
import { freezes } from '../core/views/filesNews.ts';

/** What a worker has to know of its files, as data; the words are `filesNews`. */
export function ownershipContent(state: State, dispatch: Dispatch | undefined): Record<string, unknown> {
  if (!dispatch) return {};
  const frozen = freezes(state, dispatch).map(({ n, files }) => ({ conflict: n, files }));
  const requests = requestsOf(state, dispatch.n).map(({ n, state: standing, paths, why, conflict }) => ({
    request: n,
    state: standing,
    paths,
    ...(why === undefined ? {} : { why }),
    ...(conflict === undefined ? {} : { conflict }),
  }));
  return {
    ...(frozen.length === 0 ? {} : { frozen }),
    ...(requests.length === 0 ? {} : { requests }),
  };
}
