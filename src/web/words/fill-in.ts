/**
 * A text by its name, with its `{places}` filled. What is told of one thing alone has a wording of its own, under the name
 * with `.one` after it.
 */
export function fillIn(
  texts: Readonly<Record<string, string>>,
  name: string,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const one = values['number'] === 1 ? texts[`${name}.one`] : undefined;
  return (one ?? texts[name] ?? '').replace(/\{(\w+)\}/g, (_place, key: string) => String(values[key] ?? ''));
}
