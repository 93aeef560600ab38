import { useMemo } from 'react';
import { useDeployment } from '../session/deployment';
import { useSession } from '../session/session';
import { hasStoredSession } from '../setup/setup-session';
import { exampleReplacements, helpValues } from './help-settings';

/** Returns the values and the replacements of the help pages. */
export function useHelpValues() {
  const { productName, help } = useDeployment();
  return useMemo(() => {
    const deployment = { productName, portalUrl: window.location.origin, help };
    return { values: helpValues(deployment), replacements: exampleReplacements(deployment) };
  }, [productName, help]);
}

/**
 * Returns whether the reader may see the help pages: everybody if they are public. Otherwise, people who have
 * signed in, and those whose browser has opened a setup link.
 */
export function useMayReadHelp(): boolean {
  const { help } = useDeployment();
  const { idToken } = useSession();
  return help.public || idToken !== undefined || hasStoredSession();
}
