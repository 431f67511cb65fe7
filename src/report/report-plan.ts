import type { Expression } from '../fhirpath/expression.js';
import { compileExpression } from '../fhirpath/compile.js';
import type { Protocol } from '../protocol/protocol.js';
import type { Mark, ReportItemDefinition, ReportOriginDefinition, ReportPlanFile } from '../schemas/report-files.js';

/** Where a value may stand: the resources or rows, and the value in each. */
export interface Origin {
  readonly of: Expression;
  /** Every one of the resources is read; otherwise the first that has a value. */
  readonly each: boolean;
  /** Absent for rows, which have their own. */
  readonly path: string | undefined;
  readonly value: Expression;
}

export interface ItemPlan extends Omit<ReportItemDefinition, 'from'> {
  readonly from: readonly Origin[];
}

export interface FieldPlan extends Omit<ReportPlanFile['fields'][number], 'items'> {
  readonly items: readonly ItemPlan[];
}

export interface TimelinePlan extends Omit<ReportPlanFile['timeline'], 'window' | 'onset' | 'ruler' | 'standings'> {
  readonly window: { readonly from: Expression; readonly to: Expression };
  readonly onset: Expression;
  readonly ruler: Expression;
  readonly standings: readonly { readonly is: string; readonly mark: Mark; readonly when: Expression }[];
}

/** What the report of one version holds, compiled once at start. */
export interface ReportPlan {
  readonly file: ReportPlanFile;
  readonly fields: readonly FieldPlan[];
  readonly timeline: TimelinePlan;
  /** Facts and parameters that its expressions use. */
  readonly uses: ReadonlySet<string>;
}

/** An origin as the two expressions it stands for, and the R4 type of the resources; rows have none. */
export function expressionsOf(origin: ReportOriginDefinition): {
  of: string;
  type: string | undefined;
  path: string | undefined;
  value: string;
  each: boolean;
} {
  if ('of' in origin) return { ...origin, each: false };
  if ('each' in origin) return { ...origin, of: origin.each, each: true };
  if ('rows' in origin) return { of: origin.rows, type: undefined, path: undefined, value: origin.value, each: true };
  return {
    of: origin.in,
    each: false,
    type: 'QuestionnaireResponse',
    path: `item(${origin.linkId})`,
    value: `repeat(item).where(linkId = '${origin.linkId}').answer.value`,
  };
}

export function compileReportPlan(file: ReportPlanFile, protocol: Pick<Protocol, 'memberOf'>): ReportPlan {
  const compiled: Expression[] = [];
  const compile = (source: string, focusType?: string): Expression => {
    const options = { memberOf: protocol.memberOf, ...(focusType === undefined ? {} : { focusType }) };
    const expression = compileExpression(source, options);
    compiled.push(expression);
    return expression;
  };
  const fields = file.fields.map((field) => ({
    ...field,
    items: field.items.map((item) => ({
      ...item,
      from: item.from.map((origin) => {
        const { of, type, path, value, each } = expressionsOf(origin);
        return { of: compile(of), each, path, value: compile(value, type) };
      }),
    })),
  }));
  const { timeline } = file;
  const plan: TimelinePlan = {
    ...timeline,
    window: { from: compile(timeline.window.from), to: compile(timeline.window.to) },
    onset: compile(timeline.onset),
    ruler: compile(timeline.ruler),
    standings: timeline.standings.map(({ is, mark, when }) => ({ is, mark, when: compile(when) })),
  };
  const uses = new Set(compiled.flatMap(({ variables }) => [...variables]));
  return { file, fields, timeline: plan, uses: new Set([...uses, timeline.rows, timeline.courses]) };
}
