/** Colours that all drawings of a report share. */
export const INK = '#24313a';
export const GREY = '#5d6872';
export const TEAL = '#0b5c6b';
