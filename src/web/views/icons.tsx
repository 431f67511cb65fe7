/** Small pictures beside words; each has a shape of its own, so that colour is never the only sign. */
const PATHS = {
  met: 'M4 10.5l4 4 8-9',
  'not-met': 'M5 5l10 10M15 5L5 15',
  unknown: 'M6.5 7.2a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1-1.5 2.1M10 15.6v.4',
  review: 'M10 3v13M5 16.5h10M4 6h12M4 6l-2 5h4zM16 6l-2 5h4z',
  transition: 'M10 4.5V10l3.5 2M17.5 10a7.5 7.5 0 1 1-15 0 7.5 7.5 0 0 1 15 0z',
  'not-applicable': 'M5 10h10',
  info: 'M10 9v5.5M10 5.6v.4M18 10a8 8 0 1 1-16 0 8 8 0 0 1 16 0z',
  warning: 'M10 3L1.8 17h16.4zM10 8.5v4M10 14.6v.3',
  critical: 'M6.5 2h7L18 6.5v7L13.5 18h-7L2 13.5v-7zM10 6v5M10 13.6v.3',
  sign: 'M3 16.5h14M4.5 13l1-3.5L13 2l2.5 2.5L8 12z',
  plus: 'M10 4v12M4 10h12',
  back: 'M8 5L3.5 9.5 8 14M4 9.5h8a4.5 4.5 0 0 1 0 9',
  out: 'M8 4H4v12h12v-4M11 3.5h5.5V9M16.5 3.5L9 11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
