/** How often the lock is worked for a queue of boats when `room` of them fit into it. */
export function lockages(boats, room) {
  if (!Number.isInteger(boats) || boats < 0)
    throw new RangeError(`boats must be a whole number from 0, not ${boats}`);
  if (!Number.isInteger(room) || room < 1)
    throw new RangeError(`room must be a whole number from 1, not ${room}`);
  return Math.ceil(boats / room);
}
