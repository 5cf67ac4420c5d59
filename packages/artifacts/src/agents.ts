import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { ArtifactsError } from './artifacts-error.ts'

const OPTIONS = { keepAlive: true, maxSockets: 16 }

const createAgent = (isHttps: boolean, proxy: string): HttpAgent => {
  if (proxy === '') return isHttps ? new HttpsAgent(OPTIONS) : new HttpAgent(OPTIONS)
  if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol))
    throw new ArtifactsError(
      'The proxy in HTTP_PROXY or HTTPS_PROXY is no address that can be used. Set one such as http://proxy.example.com:3128, or unset it.',
    )
  return isHttps ? new HttpsProxyAgent(proxy, OPTIONS) : new HttpProxyAgent(proxy, OPTIONS)
}

/** Connections by where they lead: directly, or through HTTP_PROXY and HTTPS_PROXY unless NO_PROXY names the host. */
export const agentsByAddress = () => {
  const agents = new Map<string, HttpAgent>()
  const agentFor = ({ href, protocol }: URL): HttpAgent => {
    const proxy = getProxyForUrl(href)
    const key = `${protocol} ${proxy}`
    const agent = agents.get(key) ?? createAgent(protocol === 'https:', proxy)
    agents.set(key, agent)
    return agent
  }
  const close = (): void => {
    for (const agent of agents.values()) agent.destroy()
  }
  return { agentFor, close }
}
