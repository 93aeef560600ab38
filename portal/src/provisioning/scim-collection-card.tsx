import { useMutation } from '@tanstack/react-query';
import type { Domain } from '../api/schema';
import { ApiProblem } from '../api/problem';
import { Button } from '../components/controls/button';
import { downloadFile } from '../browser/download-file';
import { Card } from '../components/display/card';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAnnounce } from '../layout/announcer';

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
      announce('The collection was downloaded.');
    },
  });
  return (
    <Card
      title="Try the SCIM API"
      description="Download every SCIM request with example responses, as a collection for the API client Bruno. The SCIM base URL is filled in. Use a SCIM key of a test domain: the requests create and delete users."
      action={
        <Button icon="download" isPending={download.isPending} onPress={() => download.mutate()}>
          Download collection
        </Button>
      }
    >
      {download.error && <ProblemNotice error={download.error} onRetry={() => download.mutate()} />}
    </Card>
  );
}
