import { fillPaths } from '../fhirpath/fill-paths.js';
import type { FactDefinition, RowSourceDefinition } from '../schemas/protocol.js';
import type { PathStep } from '../yaml/document.js';

/** Tells of something wrong at a place in a fact. */
export type Tell = (path: readonly PathStep[], found: string, expected: string) => void;

type Column = RowSourceDefinition['columns'][string];

/**
 * A fact as it is compiled and checked: the paths that its tables give a name to (`let`) stand in the columns themselves.
 *
 * So sources of different types can share the text of a column, and the rules stay FHIRPath that any engine can run.
 */
export function withPathsFilled(fact: FactDefinition, tell: Tell): FactDefinition {
  if (!('rows' in fact)) return fact;
  return {
    ...fact,
    rows: fact.rows.map((row, index) =>
      row.let === undefined ? row : filled(row, row.let, (path, ...said) => tell(['rows', index, ...path], ...said)),
    ),
  };
}

/** Names stand in columns, and in the paths of names after them. */
function filled(row: RowSourceDefinition, named: Readonly<Record<string, string>>, tell: Tell): RowSourceDefinition {
  const everUsed = new Set<string>();
  const paths: Record<string, string> = {};
  const fill = (text: string, place: readonly PathStep[]): string => {
    const { source, used, misplaced } = fillPaths(text, paths);
    for (const path of used) everUsed.add(path);
    for (const path of misplaced)
      tell(place, `%${path} inside a criterion`, 'the path written out: in a criterion it starts elsewhere');
    return source;
  };
  for (const [name, text] of Object.entries(named)) paths[name] = fill(text, ['let', name]);
  const columns = Object.entries(row.columns).map(([name, column]): [string, Column] => {
    const source = fill(expressionOf(column), ['columns', name]);
    return [name, typeof column === 'string' ? source : { ...column, expression: source }];
  });
  for (const path of Object.keys(paths)) {
    if (!everUsed.has(path)) tell(['let', path], 'a path that no column uses', 'only paths that columns use');
  }
  return { ...row, let: paths, columns: Object.fromEntries(columns) };
}

function expressionOf(column: Column): string {
  return typeof column === 'string' ? column : column.expression;
}
