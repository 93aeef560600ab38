import type { Browser } from 'playwright-core';

const WIDTH = 960;

/** Keys, tokens, and ports differ in each run. Pictures show that there is one, and not which. */
const SECRET = /(scim_(?:admin_)?[A-Za-z0-9]{6})[A-Za-z0-9_-]+/g;

/** Takes a picture of a terminal with this text. Does nothing without a file. */
export async function captureTerminal(
  browser: Browser,
  title: string,
  text: string,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) return;
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 100 } });
  const shown = escape(text.replace(SECRET, '$1…').trim());
  await page.setContent(
    `<title>${escape(title)}</title>
     <body style="margin:0;background:#1b1f24">
     <pre style="margin:0;padding:16px;color:#e6edf3;font:12px/1.45 'DejaVu Sans Mono',monospace;white-space:pre-wrap;overflow-wrap:anywhere">${shown}</pre>`,
  );
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
