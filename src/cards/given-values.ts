import type { CardLibrary, SuggestionPlan } from './library.js';
import { type Given, givenToTemplate } from './placeholders.js';

export function given(always: Iterable<string>, sometimes: Iterable<string> = []): Given {
  return { always: new Set(always), sometimes: new Set(sometimes) };
}

/** What a template may name, and more. */
function ofTemplate(...more: readonly string[]): GivenBeside {
  return (figures) => {
    const { always, sometimes } = givenToTemplate(figures);
    return { always: new Set([...always, ...more]), sometimes };
  };
}

/** The values of a message, given the figures of the transition rules. */
type GivenBeside = (figures: ReadonlySet<string>) => Given;

/** The values of the messages in `general.yaml` that say one thing; header and footer have those of a template. */
export const GIVEN_TO_GENERAL = {
  citation: given(['id', 'document', 'section']),
  partNotNeeded: given(['status']),
  supplierHeading: given(['supplier', 'count']),
  orderSuffix: given(['order']),
  scoreRange: given(['min', 'max']),
  scoreOld: given(['months']),
} as const;

/** What a sentence about a criterion may name. A list of what is missing is there whenever an answer lists something. */
export function givenToCriterion(figures: Iterable<string>): Given {
  return given(['asOf', 'referredOn', 'missing'], ['finding', ...figures]);
}

const NOTHING = given([]);

/** The values of a suggestion's messages, by what it builds; a text that is not named here gets none. */
const GIVEN_TO_SUGGESTION: Readonly<Record<SuggestionPlan['build'], Readonly<Record<string, Given | GivenBeside>>>> = {
  'request-questionnaires': { label: given(['count']), description: given(['questionnaire']) },
  'attach-assessment': {
    label: ofTemplate(),
    description: ofTemplate(),
    note: ofTemplate('lines'),
    line: given(['status', 'count'], ['titles']),
  },
  'refer-back': {
    label: ofTemplate(),
    deleteDescription: ofTemplate(),
    createDescription: ofTemplate(),
    note: ofTemplate('parts'),
  },
  'ask-supplier': {
    label: ofTemplate('count'),
    description: ofTemplate('count'),
    message: ofTemplate('count'),
  },
};

export function givenToSuggestion(build: SuggestionPlan['build'], key: string, figures: ReadonlySet<string>): Given {
  const values = GIVEN_TO_SUGGESTION[build][key] ?? NOTHING;
  return typeof values === 'function' ? values(figures) : values;
}

const JUDGE = ['firstJudge', 'moreJudge'];
const FAILING = ['firstFailing', 'moreFailing', ...JUDGE];

/** What is certain to be there with an outcome, and where a card comes only for a group that holds something. */
const CERTAIN_WITH: Readonly<Record<string, readonly string[]>> = {
  'not-met': FAILING,
  transition: FAILING,
  review: JUDGE,
  judge: JUDGE,
  'failing-or-judge': JUDGE,
};

/** The values that are there wherever a template is shown, besides those that every card has. */
export function certainOn(template: string, choices: CardLibrary['choices']): readonly string[] {
  const shown = choices.flatMap(({ when, cards }) =>
    cards
      .filter((card) => card.template === template)
      .map(({ needs }) => [when.outcome, needs].flatMap((reason) => CERTAIN_WITH[reason ?? ''] ?? [])),
  );
  return (shown[0] ?? []).filter((name) => shown.every((names) => names.includes(name)));
}
