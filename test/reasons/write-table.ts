import { writeFileSync } from 'node:fs';
import { REASONS_FILE, reasonsTable } from './table.js';

writeFileSync(REASONS_FILE, reasonsTable());
