/** One meaning per color in all widgets. They differ in brightness, too. */
export const COLORS = {
  good: '#1d8102',
  neutral: '#0073bb',
  second: '#7d3fc0',
  waiting: '#e07700',
  bad: '#d13212',
  quiet: '#879596',
} as const;
