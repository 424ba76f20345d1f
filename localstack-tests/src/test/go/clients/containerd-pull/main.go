// Command containerd-pull pulls an image of one architecture as containerd does, by containerd's own library,
// into a folder that becomes an OCI layout. It prints the digest that the reference leads to.
//
//	containerd-pull HOST:PORT/NAME:TAG ARCHITECTURE FOLDER
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/containerd/containerd/v2/core/images"
	"github.com/containerd/containerd/v2/core/remotes"
	"github.com/containerd/containerd/v2/core/remotes/docker"
	"github.com/containerd/containerd/v2/plugins/content/local"
	"github.com/containerd/platforms"
	"github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("containerd-pull REFERENCE ARCHITECTURE FOLDER"))
	}
	pulled, err := pull(context.Background(), os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fail(err)
	}
	if err := complete(os.Args[3], pulled); err != nil {
		fail(err)
	}
	fmt.Println(pulled.Digest)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "containerd-pull:", err)
	os.Exit(1)
}

// pull fetches what the reference leads to, as far as it is of the architecture, into a content store.
func pull(ctx context.Context, reference, architecture, folder string) (ocispec.Descriptor, error) {
	store, err := local.NewStore(folder)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	hosts := docker.ConfigureDefaultRegistries(docker.WithPlainHTTP(docker.MatchLocalhost))
	resolver := docker.NewResolver(docker.ResolverOptions{Hosts: hosts})
	name, top, err := resolver.Resolve(ctx, reference)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	fetcher, err := resolver.Fetcher(ctx, name)
	if err != nil {
		return ocispec.Descriptor{}, err
	}
	wanted := platforms.OnlyStrict(ocispec.Platform{OS: "linux", Architecture: architecture})
	children := images.LimitManifests(images.ChildrenHandler(store), wanted, 1)
	handler := images.Handlers(remotes.FetchHandler(store, fetcher), children)
	return top, images.Dispatch(ctx, handler, nil, top)
}

// complete makes the store's folder, which has blobs/sha256 already, a layout of that one image.
func complete(folder string, top ocispec.Descriptor) error {
	layout := ocispec.ImageLayout{Version: ocispec.ImageLayoutVersion}
	if err := write(filepath.Join(folder, ocispec.ImageLayoutFile), layout); err != nil {
		return err
	}
	index := ocispec.Index{
		Versioned: specs.Versioned{SchemaVersion: 2},
		MediaType: ocispec.MediaTypeImageIndex,
		Manifests: []ocispec.Descriptor{top},
	}
	return write(filepath.Join(folder, ocispec.ImageIndexFile), index)
}

func write(file string, value any) error {
	content, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}
