/** Days, numbers and durations come again with every call. */
const REMEMBERED = 2000;

/** The same function, that knows what it gave before; when it knows too much it forgets all of it. */
export function remember<Key>(make: (key: Key) => string): (key: Key) => string {
  const made = new Map<Key, string>();
  return (key) => {
    let text = made.get(key);
    if (text === undefined) {
      text = make(key);
      if (made.size >= REMEMBERED) made.clear();
      made.set(key, text);
    }
    return text;
  };
}
