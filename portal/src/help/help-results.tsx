import type MiniSearch from 'minisearch';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { PageHeader } from '../layout/page-header';
import { Skeleton } from '../components/display/skeleton';
import { t } from './messages';
import type { SearchEntry } from './tree';

const MAX_RESULTS = 20;

/** The sections that match the words of a query, the best first. */
export function HelpResults({ query }: { readonly query: string }) {
  const index = useSearchIndex();
  const results = index?.search(query, {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    boost: { heading: 3, title: 2 },
    combineWith: 'AND',
  });
  return (
    <div className="help-page">
      <PageHeader title={t('searchResults')} />
      {!results && <Skeleton />}
      {results && (
        <p className="result-count" role="status">
          {results.length === 0 ? t('noResults') : t('sections', { count: results.length })}
        </p>
      )}
      <ol className="help-results" lang="en">
        {results?.slice(0, MAX_RESULTS).map(({ id, title, heading }) => (
          <li key={String(id)}>
            <Link to={`/help/${String(id)}`}>{String(heading || title)}</Link>
            {heading && <p className="subtle">{String(title)}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Loads the index with the first search. */
function useSearchIndex(): MiniSearch<SearchEntry> | undefined {
  const [index, setIndex] = useState<MiniSearch<SearchEntry>>();
  useEffect(() => {
    void import('./search').then(({ searchIndex }) => setIndex(searchIndex));
  }, []);
  return index;
}
