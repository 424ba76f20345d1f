package imageservice.formats.ova;

/// The text that describes a virtual machine: Open Virtualization Format Specification 1.1
/// (DSP0243), with VMware's extensions. Resources are those of CIM's
/// `CIM_ResourceAllocationSettingData`, whose elements stand in the order of their names.
final class OvfDescriptor {
  /// The build of VMware's tool whose descriptors are like this.
  private static final String BUILD = "build-7948156";

  private OvfDescriptor() {}

  /// @param capacity of the disk in MiB
  /// @param size of the disk's file in bytes
  static String text(VirtualMachine machine, String disk, long capacity, long size) {
    return head(disk, capacity, size) + system(machine) + hardware(machine) + "</Envelope>\n";
  }

  private static String head(String disk, long capacity, long size) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Envelope vmw:buildId="%s"
        xmlns="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
        xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
        xmlns:vmw="http://www.vmware.com/schema/ovf"
        xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData"
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <References>
        <File ovf:href="%s" ovf:id="file1" ovf:size="%d"/>
      </References>
      <DiskSection>
        <Info>Virtual disks</Info>
        <Disk ovf:capacity="%d" ovf:capacityAllocationUnits="byte * 2^20" ovf:diskId="vmdisk1"
            ovf:fileRef="file1"
            ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
      </DiskSection>
      <NetworkSection>
        <Info>Logical networks</Info>
        <Network ovf:name="VM Network">
          <Description>The network that the machine is in</Description>
        </Network>
      </NetworkSection>
    """
        .formatted(BUILD, disk, size, capacity);
  }

  private static String system(VirtualMachine machine) {
    VirtualMachine.Property property = machine.property();
    return """
      <VirtualSystem ovf:id="vm">
        <Info>A virtual machine</Info>
        <Name>%1$s</Name>
        <ProductSection ovf:required="false">
          <Info>What the machine is told</Info>
          <Property ovf:key="%2$s" ovf:type="string" ovf:userConfigurable="true" ovf:value="">
            <Label>%3$s</Label>
            <Description>%4$s</Description>
          </Property>
        </ProductSection>
        <OperatingSystemSection ovf:id="101" vmw:osType="other3xLinux64Guest">
          <Info>The kind of guest operating system</Info>
        </OperatingSystemSection>
    """
        .formatted(machine.name(), property.key(), property.label(), property.description());
  }

  private static String hardware(VirtualMachine machine) {
    return """
        <VirtualHardwareSection ovf:transport="com.vmware.guestInfo">
          <Info>Virtual hardware</Info>
          <System>
            <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
            <vssd:InstanceID>0</vssd:InstanceID>
            <vssd:VirtualSystemIdentifier>%1$s</vssd:VirtualSystemIdentifier>
            <vssd:VirtualSystemType>%2$s</vssd:VirtualSystemType>
          </System>
          <Item>
            <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
            <rasd:ElementName>%3$d virtual processors</rasd:ElementName>
            <rasd:InstanceID>1</rasd:InstanceID>
            <rasd:ResourceType>3</rasd:ResourceType>
            <rasd:VirtualQuantity>%3$d</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
            <rasd:ElementName>%4$d MiB of memory</rasd:ElementName>
            <rasd:InstanceID>2</rasd:InstanceID>
            <rasd:ResourceType>4</rasd:ResourceType>
            <rasd:VirtualQuantity>%4$d</rasd:VirtualQuantity>
          </Item>
          <Item>
            <rasd:Address>0</rasd:Address>
            <rasd:ElementName>SCSI controller 0</rasd:ElementName>
            <rasd:InstanceID>3</rasd:InstanceID>
            <rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType>
            <rasd:ResourceType>6</rasd:ResourceType>
          </Item>
          <Item>
            <rasd:AddressOnParent>0</rasd:AddressOnParent>
            <rasd:ElementName>disk0</rasd:ElementName>
            <rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource>
            <rasd:InstanceID>4</rasd:InstanceID>
            <rasd:Parent>3</rasd:Parent>
            <rasd:ResourceType>17</rasd:ResourceType>
          </Item>
    """
            .formatted(machine.name(), machine.hardware(), machine.processors(), machine.memory())
        + network()
        + video()
        + settings(machine);
  }

  private static String network() {
    return """
          <Item>
            <rasd:AddressOnParent>2</rasd:AddressOnParent>
            <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
            <rasd:Connection>VM Network</rasd:Connection>
            <rasd:ElementName>Network adapter 1</rasd:ElementName>
            <rasd:InstanceID>5</rasd:InstanceID>
            <rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType>
            <rasd:ResourceType>10</rasd:ResourceType>
            <vmw:Config ovf:required="false" vmw:key="slotInfo.pciSlotNumber" vmw:value="32"/>
            <vmw:Config ovf:required="false" vmw:key="wakeOnLanEnabled" vmw:value="false"/>
            <vmw:Config ovf:required="false" vmw:key="connectable.allowGuestControl" vmw:value="false"/>
          </Item>
    """;
  }

  private static String video() {
    return """
          <Item ovf:required="false">
            <rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>
            <rasd:ElementName>Video card</rasd:ElementName>
            <rasd:InstanceID>6</rasd:InstanceID>
            <rasd:ResourceType>24</rasd:ResourceType>
          </Item>
          <Item ovf:required="false">
            <rasd:AutomaticAllocation>false</rasd:AutomaticAllocation>
            <rasd:ElementName>VMCI device</rasd:ElementName>
            <rasd:InstanceID>7</rasd:InstanceID>
            <rasd:ResourceSubType>vmware.vmci</rasd:ResourceSubType>
            <rasd:ResourceType>1</rasd:ResourceType>
          </Item>
    """;
  }

  private static String settings(VirtualMachine machine) {
    return """
          <vmw:Config ovf:required="false" vmw:key="tools.syncTimeWithHost" vmw:value="false"/>
          <vmw:Config ovf:required="false" vmw:key="tools.afterPowerOn" vmw:value="true"/>
          <vmw:Config ovf:required="false" vmw:key="tools.afterResume" vmw:value="true"/>
          <vmw:Config ovf:required="false" vmw:key="tools.beforeGuestShutdown" vmw:value="true"/>
          <vmw:Config ovf:required="false" vmw:key="tools.beforeGuestStandby" vmw:value="true"/>
          <vmw:Config ovf:required="false" vmw:key="tools.toolsUpgradePolicy" vmw:value="manual"/>
          <vmw:Config ovf:required="false" vmw:key="powerOpInfo.suspendType" vmw:value="soft"/>
          <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="%s"/>
          <vmw:ExtraConfig ovf:required="false" vmw:key="disk.EnableUUID" vmw:value="true"/>
        </VirtualHardwareSection>
      </VirtualSystem>
    """
        .formatted(machine.nvram());
  }
}
