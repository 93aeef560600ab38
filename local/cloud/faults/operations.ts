import * as z from 'zod';
import { type Operations, readInput } from '../endpoint/operation';
import { FAULT_KINDS } from './fault';
import type { Faults } from './faults';

const RuleQuery = z.strictObject({
  share: z.coerce.number().min(0).max(1).default(1),
  seed: z.coerce.number().int().default(1),
  kinds: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(FAULT_KINDS)))
    .optional(),
  of: z.string().optional(),
  operation: z.string().optional(),
  function: z.string().optional(),
  times: z.coerce.number().int().min(1).optional(),
});

/** Returns the operations that switch injected faults on and off. */
export function faultOperations(faults: Faults): Operations {
  const shown = () => ({ rules: faults.rules(), ...faults.summary() });
  return {
    /** Returns the rules that are on, and the faults that they have injected. */
    'GET faults': shown,
    /**
     * Switches faults on:
     * `?share=0.1&seed=7&kinds=reset-after,hang&of=<text>&operation=…&function=…&times=…`.
     */
    'POST faults': ({ query }) => {
      faults.add(readInput(RuleQuery, Object.fromEntries(query)));
      return shown();
    },
    /** Switches all faults off. Returns what they injected. */
    'DELETE faults': () => {
      const injected = shown();
      faults.clear();
      return injected;
    },
  };
}
