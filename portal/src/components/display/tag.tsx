import type { ReactNode } from 'react';
import type { Tone } from '../../format/tone';

/** A status in one or two words. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
