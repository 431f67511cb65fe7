import { z } from 'zod';
import { isObject, type Json } from './json-object.js';

/** A JSON object of unknown content, which is not looked at: going through its keys would cost as much as there are. */
export const anyObject = z.custom<Json>(isObject, { error: 'a JSON object' }).meta({ type: 'object' });
