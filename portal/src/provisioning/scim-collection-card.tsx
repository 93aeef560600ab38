import { useMutation } from '@tanstack/react-query';
import type { Domain } from '../api/schema';
import { ApiProblem } from '../api/client/problem';
import { Button } from '../components/controls/button';
import { downloadFile } from '../browser/download-file';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAnnounce } from '../layout/announcer';
import { t } from './messages';

/** Offers the SCIM requests of the API collection, with the base URL of this deployment. */
export function ScimCollectionCard({ domain }: { readonly domain: Domain }) {
  const announce = useAnnounce();
  const download = useMutation({
    mutationFn: async () => {
      // The collection is larger than the page, so it loads on demand.
      const { zipScimCollection } = await import('./scim-collection').catch(() => {
        throw ApiProblem.unreachable();
      });
      return zipScimCollection(domain.scimBaseUrl);
    },
    onSuccess: (file) => {
      downloadFile(file, 'scim-collection.zip');
      announce(t('theCollectionWasDownloaded'));
    },
  });
  return (
    <Card
      title={t('tryTheScimApi')}
      description={t('downloadEveryScimRequestExample')}
      action={
        <Button icon="download" isPending={download.isPending} onPress={() => download.mutate()}>
          {t('downloadCollection')}
        </Button>
      }
    >
      {download.error && <ProblemNotice error={download.error} onRetry={() => download.mutate()} />}
    </Card>
  );
}
