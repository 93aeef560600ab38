import { Button } from './button';

interface LoadMoreProps {
  readonly children: string;
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** A button that loads the next page, if there is one. */
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
