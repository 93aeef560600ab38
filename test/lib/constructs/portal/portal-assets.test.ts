import { OTHER_SOURCES } from '../../../../lib/constructs/portal/portal-assets';
import { importedFiles, isIn } from '../../../support/sources/imported-files';

it('builds the portal again after a change of any file that it imports', async () => {
  const files = await importedFiles('portal/src/main.tsx');
  expect(files.filter((file) => isIn(file, ['shared']))).not.toEqual([]);
  expect(files.filter((file) => !isIn(file, ['portal', ...OTHER_SOURCES]))).toEqual([]);
});
