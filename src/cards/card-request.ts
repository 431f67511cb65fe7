import type { NewId } from '../ids.js';
import type { ScoringProblem } from '../instruments/problems.js';
import type { Protocol } from '../protocol/protocol.js';
import type { GatheredRecord } from '../schemas/record.js';
import type { Resource } from '../schemas/resource.js';
import type { Language } from '../schemas/service.js';
import type { Assessment, Figures } from '../schemas/verdict.js';
import type { CardLibrary } from './library.js';

/** Everything that the cards about one order are made of. */
export interface CardRequest {
  readonly library: CardLibrary;
  readonly language: Language;
  readonly assessment: Assessment;
  /** Dates that the transition rule turns on. */
  readonly transition: Figures;
  /** What belongs to an instrument and gave no score, or one to read with care. */
  readonly problems: readonly ScoringProblem[];
  /** The order as it came in; it is never changed. */
  readonly order: Resource;
  /** What the order was assessed on: it tells by what name its resources can be found. */
  readonly record: Pick<GatheredRecord, 'meansOne' | 'containerOf' | 'resolve'>;
  /** The referral that started the matter, when it is in the record. */
  readonly referral: Resource | undefined;
  /** The day of referral could not be told; the assessment then goes by a stand-in. */
  readonly referralUnknown: boolean;
  readonly protocol: Pick<Protocol, 'file' | 'parameters'>;
  readonly newId: NewId;
  /** Absolute address of the report page. */
  readonly reportUrl?: string | undefined;
  /** The numbers of the call that would be written in another way than they came. */
  readonly lostNumbers?: (() => ReadonlySet<number>) | undefined;
  /** Several orders in the call are assessed, so the summary names this one. */
  readonly oneOfSeveral?: boolean | undefined;
}
