import { useEffect, useRef } from 'react';
import { type Location, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { Shortcuts } from '../shortcuts/shortcuts';
import { Announcer } from './announcer';

/** The first page of a tab always has the key `default`, so its address tells it from other first pages. */
const scrollKey = ({ key, pathname, search, hash }: Location): string =>
  key === 'default' ? pathname + search + hash : key;

/** The frame of all pages. */
export function RootLayout() {
  useFocusHeading();
  return (
    <Announcer>
      <Shortcuts>
        <Outlet />
      </Shortcuts>
      <ScrollRestoration getKey={scrollKey} />
    </Announcer>
  );
}

/**
 * Moves the focus to the heading of a new page, so that screen readers read it and Tab continues from there.
 */
function useFocusHeading(): void {
  const { pathname } = useLocation();
  const previousPath = useRef(pathname);
  useEffect(() => {
    if (previousPath.current === pathname) return;
    previousPath.current = pathname;
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [pathname]);
}
