import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { CdsError } from '../errors.js';
import { DEEPEST, extentFault, MOST_VALUES } from '../schemas/json-extent.js';
import { ArrivingBytes, readBody } from './read-body.js';
import { Turns } from './turns.js';

/**
 * The only body that is read: `application/json` in UTF-8.
 *
 * Keys that could change prototypes are refused, as are bytes that are no UTF-8: a decoder would put a replacement
 * character in the place of a datum that it could not read. A byte order mark is passed over.
 * @source RFC 8259 section 8.1
 */
export function readJsonBodies(app: FastifyInstance, limitBytes: number): void {
  const large = new Turns(0);
  const others = new Turns(TURN_MS);
  const arriving = new ArrivingBytes(BODIES_AT_ONCE * limitBytes);
  const parseSecurely = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', (request, payload, done) => {
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding.toLowerCase() !== 'identity') {
      done(new CdsError('MEDIA_TYPE_UNSUPPORTED', 'The body must be sent as it is, without a content coding.'));
      return;
    }
    readBody(request, payload, limitBytes, arriving, (error, body) => {
      if (error !== null) {
        done(error);
        return;
      }
      if (!isUtf8(body)) {
        done(new CdsError('REQUEST_INVALID', 'The body is not in UTF-8.'));
        return;
      }
      const fault = extentFault(body);
      if (fault !== undefined) {
        done(new CdsError('REQUEST_INVALID', EXTENT_SENTENCES[fault]));
        return;
      }
      const text = body.toString('utf8').replace(BYTE_ORDER_MARK, '');
      request.bodyText = text;
      const read = (): void => {
        const value = mayNamePrototypes(text) ? undefined : parsed(text);
        if (value === undefined) void parseSecurely(request, text, done);
        else done(null, value);
      };
      (text.length > LARGE ? large : others).take(read);
    });
  });
}

const EXTENT_SENTENCES = {
  'too-deep': `The body is nested more deeply than ${DEEPEST} levels.`,
  'too-many-values': `The body holds more than ${MOST_VALUES} values.`,
} as const;

/** More than one: the framework's parser would pass over the second. */
const BYTE_ORDER_MARK = /^\uFEFF+/;

/** So many of the largest bodies may be on their way at once. */
const BODIES_AT_ONCE = 16;

/** From so many characters on, a call takes tens of milliseconds. */
const LARGE = 1024 * 1024;
/** Below, a call takes some milliseconds at most, and each turn costs memory: bodies are read that have to wait. */
const TURN_MS = 40;

/** Nothing where it is no JSON; the framework's parser then says what is wrong. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** An escape of a letter or an underscore. */
const ESCAPED_LETTER = /\\u00[567]/;

/**
 * Whether there can be a key in this JSON that changes prototypes: `__proto__`, or `constructor`, perhaps with escapes.
 * A look for a few rare characters, where the patterns of the framework's parser take a tenth of the parsing.
 */
export function mayNamePrototypes(json: string): boolean {
  if (json.includes('__proto__') || json.includes('uctor"')) return true;
  return json.includes('\\u') && ESCAPED_LETTER.test(json);
}
