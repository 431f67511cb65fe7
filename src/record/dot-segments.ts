/** Nothing honest is encoded more often: a path that is still not plain by then counts as one that climbs. */
const MAX_DECODINGS = 8;

/** One or two dots from where a segment begins to what some server may take for the end of its name. */
const DOT_SEGMENT = /(?:^|[/\\])\.\.?(?:[/\\;?#]|$)/;

const ENCODED_ASCII = /%([0-7][0-9a-f])/gi;

/**
 * Whether a path, or what it becomes when it is decoded once or several times, has a segment that means this or the
 * upper folder. Proxies that decode before they route, take a backslash for a slash or leave out what stands behind a
 * semicolon would go there.
 *
 * @source https://datatracker.ietf.org/doc/html/rfc3986#section-3.3
 */
export function mayClimb(path: string): boolean {
  let plain = path;
  for (let decodings = 0; decodings <= MAX_DECODINGS; decodings += 1) {
    if (DOT_SEGMENT.test(plain)) return true;
    const decoded = plain.replace(ENCODED_ASCII, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (decoded === plain) return false;
    plain = decoded;
  }
  return true;
}
