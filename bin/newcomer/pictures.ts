import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { waitForPaint } from '../portal/chromium';
import { palettePng, type Pixels } from './palette-png';

const WIDTH = 960;

/** Keys and tokens differ in each run. Pictures show that there is one, and how it begins. */
const SECRET = /(scim_(?:admin_)?[A-Za-z0-9]{6})[A-Za-z0-9_-]+/g;

/** Takes the pictures of the steps, each below a line with its name and the time since the beginning. */
export class Pictures {
  private count = 0;

  /** Without a directory, there are no pictures. */
  constructor(
    private readonly browser: Browser,
    private readonly directory: string | undefined,
  ) {
    if (directory !== undefined) mkdirSync(directory, { recursive: true });
  }

  /** Takes a picture of a terminal with this text. */
  async terminal(name: string, title: string, seconds: number, text: string): Promise<void> {
    await this.write(name, title, seconds, `<pre>${escape(text.replace(SECRET, '$1…').trim())}</pre>`);
  }

  /** Takes a picture of what a page shows now. */
  async page(name: string, title: string, seconds: number, page: Page): Promise<void> {
    if (this.directory === undefined) return;
    await waitForPaint(page);
    const image = (await page.screenshot()).toString('base64');
    await this.write(name, title, seconds, `<img alt="" src="data:image/png;base64,${image}">`);
  }

  private async write(name: string, title: string, seconds: number, content: string): Promise<void> {
    if (this.directory === undefined) return;
    this.count += 1;
    const page = await this.browser.newPage({ viewport: { width: WIDTH, height: 100 } });
    await page.setContent(
      `<style>${STYLE}</style><header><b>${this.count}. ${escape(title)}</b><span>${minutes(seconds)}</span></header>${content}`,
    );
    const screenshot = await page.screenshot({ fullPage: true });
    const file = path.join(this.directory, `${this.count}-${name}.png`);
    writeFileSync(file, palettePng(await pixelsOf(page, screenshot)));
    await page.close();
  }
}

/** Decodes a picture in the browser. */
async function pixelsOf(page: Page, picture: Buffer): Promise<Pixels> {
  const { base64, ...size } = await page.evaluate<{
    base64: string;
    width: number;
    height: number;
  }>(`(async () => {
    const response = await fetch('data:image/png;base64,${picture.toString('base64')}');
    const bitmap = await createImageBitmap(await response.blob());
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { buffer } = context.getImageData(0, 0, width, height).data;
    return { base64: new Uint8Array(buffer).toBase64(), width, height };
  })()`);
  return { ...size, rgba: Buffer.from(base64, 'base64') };
}

const STYLE = `
  body { margin: 0; background: #1b1f24; color: #e6edf3; }
  header { display: flex; justify-content: space-between; padding: 8px 16px; background: #30363d; font: 14px sans-serif; }
  pre { margin: 0; padding: 12px 16px; font: 12px/1.4 'DejaVu Sans Mono', monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
  img { display: block; width: 100%; }`;

/** Returns a time as minutes and seconds, such as `2:05`. */
export function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
