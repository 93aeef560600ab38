import { Button } from './button';

interface LoadMoreProps {
  readonly children: string;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** Shown while there is a next page. */
export function LoadMore({ children, query }: LoadMoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className="load-more">
      <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
        {children}
      </Button>
    </div>
  );
}
