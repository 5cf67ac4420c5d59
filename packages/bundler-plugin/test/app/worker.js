import { redeem } from './lazy.js'

addEventListener('message', ({ data }) => redeem(data))
