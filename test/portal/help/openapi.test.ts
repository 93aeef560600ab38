import { readFileSync } from 'node:fs';
import path from 'node:path';
import { METHODS, type OpenApiDocument } from '../../../portal/help/openapi/document';
import { renderOpenApi } from '../../../portal/help/openapi/render';
import type { HelpElement } from '../../../portal/src/help/tree';
import { DOCS } from '../../support/links/link-targets';

describe.each(['admin-api.openapi.json', 'scim-api.openapi.json'])('the page of %s', (file) => {
  const document = JSON.parse(readFileSync(path.join(DOCS, file), 'utf8')) as OpenApiDocument;
  const headings = renderOpenApi(file, document).content.filter(
    (node): node is HelpElement => typeof node !== 'string' && node.tag === 'h3',
  );

  it('has a section for each operation and each schema', () => {
    const operations = Object.values(document.paths).flatMap((item) =>
      METHODS.flatMap((method) => item[method]?.operationId ?? []),
    );
    const schemas = Object.keys(document.components.schemas ?? {});
    expect(operations.length).toBeGreaterThan(20);
    expect(headings).toHaveLength(operations.length + schemas.length);
  });

  it('gives each section its own anchor', () =>
    expect(new Set(headings.map(({ id }) => id)).size).toBe(headings.length));
});
