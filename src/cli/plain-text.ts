const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** The Markdown of a card for a terminal, where nothing is rendered: without the escapes that keep a record's own text from being markup. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]!)
    .replaceAll('\u2060', '');
}
