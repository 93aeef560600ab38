import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Icon } from '../components/display/icon';
import { IconButton } from '../components/controls/icon-button';
import { t } from './messages';

const VISIBLE_MS = 8_000;
const AnnouncerContext = createContext<(text: string) => void>(() => undefined);

/** Returns a function that shows and announces a text for a short time. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [announcement, setAnnouncement] = useState<{ readonly text: string } | undefined>();
  const announce = useCallback((text: string) => setAnnouncement({ text }), []);
  useEffect(() => {
    if (!announcement) return;
    const timer = setTimeout(() => setAnnouncement(undefined), VISIBLE_MS);
    return () => clearTimeout(timer);
  }, [announcement]);
  const region = useMemo(
    () => (
      // Screen readers read this region even if an open dialog hides everything else.
      <div className="announcements" role="status" data-live-announcer="true">
        {announcement && (
          <div className="announcement">
            <Icon name="success" />
            <p>{announcement.text}</p>
            <IconButton icon="close" label={t('dismiss')} onPress={() => setAnnouncement(undefined)} />
          </div>
        )}
      </div>
    ),
    [announcement],
  );
  return (
    <AnnouncerContext value={announce}>
      {children}
      {region}
    </AnnouncerContext>
  );
}
