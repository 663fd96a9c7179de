/** As much of AWS's EC2 as somebody with keys uses who opens a port in a hurry. */
export interface Ec2 {
  /** The id of the security group of that name. */
  securityGroup(name: string): Promise<string>;
  /** Which networks reach a port of the group. */
  openTo(group: string, port: number): Promise<string[]>;
  /** Lets a network reach a port of the group. */
  open(group: string, port: number, cidr: string): Promise<void>;
}

/**
 * Speaks EC2's query protocol (version 2016-11-15) with an emulator. The emulator reads from the authorization header
 * which service is meant and checks no signature, so there is none.
 */
export function ec2(url: string, region: string): Ec2 {
  const call = async (action: string, parameters: Record<string, string>) => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=console/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action} was answered with ${response.status}: ${text}`);
    return text;
  };
  return {
    async securityGroup(name) {
      const text = await call("DescribeSecurityGroups", { "Filter.1.Name": "group-name", "Filter.1.Value.1": name });
      const id = /<groupId>(sg-[0-9a-f]+)<\/groupId>/.exec(text)?.[1];
      if (id === undefined) throw new Error(`there is no security group ${name}`);
      return id;
    },
    async openTo(group, port) {
      const text = await call("DescribeSecurityGroupRules", { "Filter.1.Name": "group-id", "Filter.1.Value.1": group });
      return text
        .split("<item>")
        .filter((rule) => rule.includes("<isEgress>false</isEgress>") && rule.includes(`<fromPort>${port}</fromPort>`))
        .flatMap((rule) => /<cidrIpv4>([^<]+)<\/cidrIpv4>/.exec(rule)?.[1] ?? []);
    },
    async open(group, port, cidr) {
      await call("AuthorizeSecurityGroupIngress", {
        GroupId: group,
        "IpPermissions.1.IpProtocol": "tcp",
        "IpPermissions.1.FromPort": String(port),
        "IpPermissions.1.ToPort": String(port),
        "IpPermissions.1.IpRanges.1.CidrIp": cidr,
      });
    },
  };
}
