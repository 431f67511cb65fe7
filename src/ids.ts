import { randomUUID } from 'node:crypto';

/** Gives a new UUID; an argument everywhere, so that tests can count instead. */
export type NewId = () => string;

export const newUuid: NewId = () => randomUUID();
