import { createContext, useContext } from 'react';
import type { Config } from '../config';
import { docsPageUrl } from './docs-page-url';
import { t } from './messages';

const DeploymentContext = createContext<Config | undefined>(undefined);
export const DeploymentProvider = DeploymentContext;

export function useDeployment(): Config {
  const config = useContext(DeploymentContext);
  if (!config) throw new Error('There is no DeploymentProvider.');
  return config;
}

export const useAdminApiUrl = (): string => useDeployment().adminApi;

export const useProductName = (): string => useDeployment().productName;

/** Returns the text that tells owners how to get SCIM if it is not available to their domain. */
export const useContactText = (): string => useDeployment().contactText ?? t('askOperatorServiceMakeScim');

/**
 * Returns the URL of a document for operators, such as `runbook.md#restore-the-table`; undefined if the
 * documents have no web address.
 */
export function useOperatorDocs(): (document: string) => string | undefined {
  const { docsUrl } = useDeployment();
  return (document) => docsPageUrl(docsUrl, document);
}
