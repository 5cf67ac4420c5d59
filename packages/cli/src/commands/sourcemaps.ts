import { Command } from 'commander'
import { checkCommand } from './sourcemaps-check.ts'
import { deleteCommand } from './sourcemaps-delete.ts'
import { injectCommand } from './sourcemaps-inject.ts'
import { listCommand } from './sourcemaps-list.ts'
import { showCommand } from './sourcemaps-show.ts'
import { uploadCommand } from './sourcemaps-upload.ts'

export const sourcemapsCommand = (): Command =>
  new Command('sourcemaps')
    .description('Make minified stacks readable: inject debug IDs, upload source maps')
    .addCommand(injectCommand())
    .addCommand(uploadCommand())
    .addCommand(checkCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(deleteCommand())
