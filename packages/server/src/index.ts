export type * from './api/shapes.ts'
