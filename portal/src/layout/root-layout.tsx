import { useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { Announcer } from './announcer';

/** What all pages have around them. */
export function RootLayout() {
  useFocusHeading();
  return (
    <Announcer>
      <Outlet />
      <ScrollRestoration />
    </Announcer>
  );
}

/** Another page begins at its heading: that is read out, and Tab goes on from there. */
function useFocusHeading(): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [pathname]);
}
