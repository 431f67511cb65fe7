import { list } from '../collection.js';
import { deoptimise } from '../deoptimise.js';
import { jsonText, sameJson } from '../equality.js';
import { HASHED_ABOVE } from '../repeated.js';
import type { Raw } from './raw.js';

type FormItem = Readonly<Record<string, unknown>>;

/** All items of one form, or of several together, at whatever depth, as `repeat(item)` finds them. */
export interface FormItems {
  readonly items: readonly FormItem[];
  /** The same by `linkId`: the one item itself, or several. */
  readonly byLinkId: ReadonlyMap<string, FormItem | readonly FormItem[]>;
}

/** From so many items of one `linkId` on they are found by their text: comparing each with each would take minutes for thousands. */
const MANY_ALIKE = 8;

const NO_ITEMS: FormItems = { items: [], byLinkId: new Map() };

/**
 * Goes through the items of forms level by level. An item equal to an earlier one is dropped as fhirpath.js drops it: while
 * there are few, compared with all that was found; once there are many, with those alone that came when there were many.
 *
 * @param forms QuestionnaireResponses
 * @source FHIRPath 2.0.0 §5.2.3 repeat
 */
export function formItems(forms: Raw): FormItems {
  if (forms === undefined) return NO_ITEMS;
  const items: FormItem[] = [];
  const byLinkId: ByLinkId = new Map();
  const texts: Texts = new Map();
  // What came when there were many.
  const ofMany: ByLinkId = new Map();
  let level = below(list(forms) as readonly FormItem[]);
  while (level.length > 0) {
    // Decided anew for each level: equal items may have been dropped since.
    const seen = items.length + level.length > HASHED_ABOVE ? ofMany : byLinkId;
    const fresh: FormItem[] = [];
    for (const item of level) {
      const linkId = item['linkId'] as string;
      const alike = seen.get(linkId);
      if (alike !== undefined && isAmong(alike, item, texts)) continue;
      file(byLinkId, linkId, item);
      if (seen !== byLinkId) file(seen, linkId, item);
      items.push(item);
      fresh.push(item);
    }
    level = below(fresh);
  }
  return { items, byLinkId };
}

type ByLinkId = Map<string, FormItem | FormItem[]>;

/** The texts of long lists of items; a list holds each item that was asked about and not found. */
type Texts = Map<readonly FormItem[], Set<string>>;

function isAmong(alike: FormItem | readonly FormItem[], item: FormItem, texts: Texts): boolean {
  if (!Array.isArray(alike)) return sameJson(alike, item);
  if (alike.length < MANY_ALIKE) return alike.some((each) => sameJson(each, item));
  let known = texts.get(alike);
  if (known === undefined) texts.set(alike, (known = new Set(alike.map(jsonText))));
  const text = jsonText(item);
  if (known.has(text)) return true;
  known.add(text);
  return false;
}

function file(index: ByLinkId, linkId: string, item: FormItem): void {
  const known = index.get(linkId);
  if (known === undefined) index.set(linkId, item);
  else if (Array.isArray(known)) known.push(item);
  else index.set(linkId, [known, item]);
}

/** The items right under each of these. */
function below(parents: readonly FormItem[]): readonly FormItem[] {
  const found: FormItem[] = [];
  for (const parent of parents) {
    const under = parent['item'];
    if (parent['_item'] !== undefined) deoptimise();
    if (under === undefined) continue;
    if (!Array.isArray(under)) deoptimise();
    for (let at = 0; at < (under as unknown[]).length; at += 1) {
      const item = (under as unknown[])[at] as FormItem;
      if (typeof item !== 'object' || item === null || Array.isArray(item)) deoptimise();
      if (typeof item['linkId'] !== 'string' || item['_linkId'] !== undefined || '0' in item) deoptimise();
      if (item['resourceType'] !== undefined) deoptimise();
      found.push(item);
    }
  }
  return found;
}
