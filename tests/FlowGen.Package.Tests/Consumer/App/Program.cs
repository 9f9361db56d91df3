using Orders;

Receipt receipt = await new Checkout(new Shipping()).RunAsync(new Order("Ann", 3));
Console.WriteLine(receipt.Text);
Console.WriteLine($"{Checkout.Descriptor.Id} calls {Checkout.Descriptor.Children[0].WorkflowId}");
Console.WriteLine(string.Join(' ', Checkout.Graph.Nodes.Select(node => node.Path)));
