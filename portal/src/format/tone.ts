/** What a colour says. */
export type Tone = 'good' | 'warning' | 'bad' | 'info' | 'neutral';
