import type { ReactNode } from 'react';
import type { Tone } from '../../format/tone';

/** A state in a word or two. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}
