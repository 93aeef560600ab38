/** The paths of the icons on a grid of 20. Strokes have the color of the text. */
const PATHS = {
  key: 'M8.4 11.6a3.4 3.4 0 1 1 0-4.8 3.4 3.4 0 0 1 0 4.8Zm1-2.4H17v3M14 9.2V11',
  check: 'm4.5 10.5 3.6 3.6 7.4-8',
  copy: 'M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3',
  eye: 'M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5Zm7.5 2.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  eyeOff:
    'M4 4l12 12M8 5.3A7 7 0 0 1 10 5c4.8 0 7.5 5 7.5 5a12 12 0 0 1-2 2.6M5.3 6.7A12 12 0 0 0 2.5 10S5.2 15 10 15a7 7 0 0 0 3.6-1',
  chevronDown: 'm5.5 8 4.5 4.5L14.5 8',
  chevronRight: 'm8 5.5 4.5 4.5L8 14.5',
  arrowLeft: 'M16 10H4.5M9 5.5 4.5 10 9 14.5',
  arrowRight: 'M4 10h11.5M11 5.5l4.5 4.5-4.5 4.5',
  arrowUp: 'M10 16V4.5M5.5 9 10 4.5 14.5 9',
  arrowDown: 'M10 4v11.5M5.5 11 10 15.5 14.5 11',
  search: 'M9 14a5 5 0 1 0 0-10 5 5 0 0 0 0 10Zm3.6-1.4L16.5 16.5',
  close: 'm5 5 10 10M15 5 5 15',
  warning: 'M10 3.5 17.5 16.5h-15zM10 8.5v3.6M10 14.3v.1',
  error: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6.2v4.6M10 13.6v.1',
  info: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 9.4v4.4M10 6.4v.1',
  success: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.6 10.3l2.4 2.4 4.4-5',
  dash: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM6.8 10h6.4',
  person: 'M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10Zm-6 6.8c.5-3 2.9-4.6 6-4.6s5.5 1.6 6 4.6',
  people:
    'M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.5 16c.4-2.7 2.3-4.1 5-4.1s4.6 1.4 5 4.1M13 9.3a2.4 2.4 0 1 0-.6-4.7M14.8 12c1.6.5 2.5 1.9 2.7 4',
  mail: 'M3 5.5h14v9.5H3zM3 6l7 5.5L17 6',
  external: 'M11.5 4H16v4.5M16 4l-6.5 6.5M13.5 11.5V16H4V6.5h4.5',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
  plus: 'M10 4v12M4 10h12',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M15.3 4.7l-1.1 1.1M5.8 14.2l-1.1 1.1',
  clock: 'M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM10 6v4.3l2.8 1.7',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
