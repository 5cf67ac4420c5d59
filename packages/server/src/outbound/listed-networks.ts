import { BlockList, isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** A network as operators write it: `10.0.0.0/8`, or one address. */
export const isNetwork = (text: string): boolean => {
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}

/** Lets through public addresses, and those of networks that the operator has listed. */
export const reachesListed = (networks: readonly string[]): ((address: string) => boolean) => {
  const listed = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6'
    listed.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family)
  }
  return (address) => isPublicAddress(address) || listed.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}
