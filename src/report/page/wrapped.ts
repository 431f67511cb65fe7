/** A text in lines of at most so many characters, broken between words. */
export function wrapped(text: string, longest: number, lines: number): readonly string[] {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const last = made.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= longest) made[made.length - 1] = `${last} ${word}`;
    else made.push(word);
  }
  if (made.length <= lines) return made;
  return [...made.slice(0, lines - 1), made.slice(lines - 1).join(' ')];
}
