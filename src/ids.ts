import { randomUUID } from 'node:crypto';

/** Gives a new UUID; an argument everywhere, so that tests can count instead. */
export type NewId = () => string;

/**
 * A UUID of version 7 (RFC 9562, section 5.7): milliseconds since the epoch, then 74 random bits. Rows under such keys stand
 * together in an index that is written in their order; under wholly random ones each row touches a page of its own.
 */
export const newUuid: NewId = () => {
  const sinceEpoch = Date.now().toString(16).padStart(12, '0');
  const afterVersion = randomUUID().slice(15);
  return `${sinceEpoch.slice(0, 8)}-${sinceEpoch.slice(8)}-7${afterVersion}`;
};
