//go:build tools

// Package clients names the programs that tests run, so that go.sum pins them and what they need.
package clients

import (
	_ "github.com/google/go-containerregistry/cmd/crane"
	_ "github.com/opencontainers/distribution-spec/conformance"
	_ "oras.land/oras/cmd/oras"
)
