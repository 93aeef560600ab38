import { axeViolations, waitForPaint } from '../../../bin/portal/chromium';
import { mailedCode } from '../../support/system/setup-links';
import { DESKTOP, type OpenedPage, PHONE } from '../browser';

export const copied = ({ page }: OpenedPage) => page.evaluate<string>('navigator.clipboard.readText()');
export const button = ({ page }: OpenedPage, name: string) => page.getByRole('button', { name, exact: true });

/**
 * Asserts that a page is accessible and fits the screen, on a desktop in light mode and on a phone in dark
 * mode.
 */
export async function checkPage({ page }: OpenedPage): Promise<void> {
  for (const [size, colorScheme] of [
    [PHONE, 'dark'],
    [DESKTOP, 'light'],
  ] as const) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme });
    await waitForPaint(page);
    expect(await axeViolations(page)).toEqual([]);
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
  }
}

/** Opens a link with the code from the email. */
export async function openLink(opened: OpenedPage, url: string, email: string, codes = 1): Promise<void> {
  const { page } = opened;
  await page.goto(url);
  await button(opened, 'Email me a code').click();
  await page.getByLabel('Code from the email').fill(await mailedCode(email, codes));
  await button(opened, 'Continue').click();
  await page.getByText('Choose your identity provider').waitFor();
}
