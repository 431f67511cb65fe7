import { writeFileSync } from 'node:fs';
import { checklistTable, TABLE_FILE } from './table.js';

writeFileSync(TABLE_FILE, checklistTable());
