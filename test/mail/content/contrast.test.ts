import { textColorOn } from '../../../shared/mail/content/render';

it.each([
  ['#000000', '#ffffff'],
  ['#ffffff', '#000000'],
  ['#1d4ed8', '#ffffff'],
  ['#0b5cab', '#ffffff'],
  ['#7f1d1d', '#ffffff'],
  ['#facc15', '#000000'],
  ['#FACC15', '#000000'],
  ['#22c55e', '#000000'],
  // From a luminance of 0.179, black has the higher contrast.
  ['#757575', '#ffffff'],
  ['#777777', '#000000'],
])('on %s, the text color is %s', (background, text) => {
  expect(textColorOn(background)).toBe(text);
});
