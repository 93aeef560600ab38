export type TextColour = '#000000' | '#ffffff';

/** Black or white, whichever is easier to read on `background` (`#rrggbb`): the higher contrast of WCAG 2.2. */
export function textColourOn(background: string): TextColour {
  const luminance = relativeLuminance(background);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? '#000000' : '#ffffff';
}

/** WCAG 2.2, "relative luminance" in sRGB: 0 for black, 1 for white. */
function relativeLuminance(colour: string): number {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
