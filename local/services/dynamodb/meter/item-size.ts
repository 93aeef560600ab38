import type { WireItem, WireValue } from '../front/wire';

/** Returns the size of an item in bytes (DynamoDB Developer Guide, "DynamoDB item sizes and formats"). */
export const itemBytes = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

/** Returns the write units of an item outside of transactions: one for each kilobyte that it starts. */
export const writeUnits = (item: WireItem): number => Math.max(1, Math.ceil(itemBytes(item) / 1_024));

/** Lists and maps take three bytes, and one for each element. */
const CONTAINER_BYTES = 3;

function valueBytes(value: WireValue): number {
  const [[type = '', content] = []] = Object.entries(value);
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return numberBytes(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as string[]).reduce((sum, each) => sum + valueBytes({ [type.charAt(0)]: each }), 0);
    case 'L':
      return (content as WireValue[]).reduce((sum, each) => sum + valueBytes(each) + 1, CONTAINER_BYTES);
    case 'M':
      return CONTAINER_BYTES + itemBytes(content as WireItem) + Object.keys(content as WireItem).length;
    default:
      return 1;
  }
}

/** About one byte for two significant digits, and one more. A sign takes a byte too. */
function numberBytes(text: string): number {
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[^\d]/g, '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}
