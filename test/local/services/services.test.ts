import { readdirSync } from 'node:fs';
import path from 'node:path';
import { resourceTypesOf } from '../../../local/cloud/service';
import { IGNORED_TYPES } from '../../../local/services/ignored-types';
import { Services } from '../../../local/services/services';

const FOLDER = path.join(__dirname, '../../../local/services');

describe('the list of services', () => {
  it('has one service for each folder', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = Object.keys(new Services()).map((name) => name.toLowerCase());
    expect(names.sort()).toEqual(folders.map(({ name }) => name.replaceAll('-', '')).sort());
  });

  it('runs no resource type that is ignored, and no type twice', () => {
    const types = Object.keys(resourceTypesOf(new Services().list()));
    expect(types.filter((type) => type in IGNORED_TYPES)).toEqual([]);
  });
});
