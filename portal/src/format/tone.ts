/** The meaning of a color. */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'neutral';
