/** Where a command writes; standard output unless said otherwise. */
export type Write = (text: string, stream?: 'stdout' | 'stderr') => void;
